// Package interop calls a server with the Go SDK: SAIL_BASE_URL, SAIL_CLIENT_ID and SAIL_CLIENT_SECRET say which.
package interop

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	sdk "github.com/sailpoint-oss/golang-sdk/v2/api_v2025"
)

var ctx = context.Background()

var api = client(os.Getenv("SAIL_CLIENT_ID"), os.Getenv("SAIL_CLIENT_SECRET"), "")

// client returns a client of the SDK, which requests its token itself unless it has one.
func client(id, secret, token string) *sdk.APIClient {
	url := os.Getenv("SAIL_BASE_URL")
	configuration := sdk.NewConfiguration(id, secret, url+"/v2025", url+"/oauth/token", token, "muniment-interop", true)
	configuration.HTTPClient = retryablehttp.NewClient()
	configuration.HTTPClient.Logger = nil
	return sdk.NewAPIClient(configuration)
}

// served returns the ids of the operations in the server's own OpenAPI document.
func served(t *testing.T) map[string]bool {
	response, err := http.Get(os.Getenv("SAIL_BASE_URL") + "/openapi/v2025.json")
	ok(t, response, err)
	defer response.Body.Close()
	var document struct {
		Paths map[string]map[string]struct{ OperationID string }
	}
	if err := json.NewDecoder(response.Body).Decode(&document); err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, methods := range document.Paths {
		for _, operation := range methods {
			found[operation.OperationID] = true
		}
	}
	return found
}

// runCalls runs the call of every method of a service that the server serves. It fails if a served method has no call,
// or if another one has neither a call nor a place in the list of methods that are not served.
func runCalls(t *testing.T, service any, calls map[string]func(*testing.T), notServed string) {
	operations := served(t)
	methods := reflect.TypeOf(service)
	for index := range methods.NumMethod() {
		name := methods.Method(index).Name
		if strings.HasSuffix(name, "Execute") {
			continue
		}
		call, isCalled := calls[name]
		switch isServed := operations[strings.ToLower(name[:1])+name[1:]]; {
		case isServed && isCalled:
			t.Run(name, call)
		case isServed:
			t.Errorf("%s is served: write a call.", name)
		case !isCalled && !slices.Contains(strings.Fields(notServed), name):
			t.Errorf("%s: write a call, or name it in the list of methods that are not served.", name)
		}
	}
}

// ok fails if a call failed.
func ok(t *testing.T, response *http.Response, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v %v", err, response)
	}
}

// refused fails if a call succeeded, or was refused with another status.
func refused(t *testing.T, status int, response *http.Response, err error) {
	t.Helper()
	if err == nil || response == nil || response.StatusCode != status {
		t.Fatalf("not refused with %d: %v %v", status, err, response)
	}
}

// equal fails if two values differ.
func equal[T any](t *testing.T, actual, expected T) {
	t.Helper()
	if !reflect.DeepEqual(actual, expected) {
		t.Fatalf("%v instead of %v", actual, expected)
	}
}

// unique returns a name that nothing else has.
func unique(prefix string) string {
	return fmt.Sprintf("%s %x", prefix, rand.Uint64())
}

// patch returns the operations of a JSON Patch.
func patch(t *testing.T, text string) []sdk.JsonPatchOperation {
	var operations []sdk.JsonPatchOperation
	if err := json.Unmarshal([]byte(text), &operations); err != nil {
		t.Fatal(err)
	}
	return operations
}

// file returns a file with this content.
func file(t *testing.T, content string) *os.File {
	path := t.TempDir() + "/upload.csv"
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	opened, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	return opened
}

// newSource returns the id of a new source for delimited files.
func newSource(t *testing.T) string {
	tokens, response, err := api.PersonalAccessTokensAPI.ListPersonalAccessTokens(ctx).OwnerId("me").Execute()
	ok(t, response, err)
	owner := sdk.NewSourceOwner()
	owner.SetId(tokens[0].Owner.GetId())
	owner.SetType("IDENTITY")
	body := sdk.NewSource(unique("Go"), *sdk.NewNullableSourceOwner(owner), "delimited-file-angularsc")
	made, response, err := api.SourcesAPI.CreateSource(ctx).Source(*body).Execute()
	ok(t, response, err)
	return made.GetId()
}

// finished waits until a task has ended and returns its status. It fails if that takes longer than a minute.
func finished(t *testing.T, id string) *sdk.TaskStatus {
	for range 1200 {
		status, response, err := api.TaskManagementAPI.GetTaskStatus(ctx, id).Execute()
		ok(t, response, err)
		if status.Completed.IsSet() && status.Completed.Get() != nil {
			equal(t, status.GetCompletionStatus(), "SUCCESS")
			return status
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("The task has not ended.")
	return nil
}

// newDirectory returns the id of a new source with three entitlements, and theirs by value.
func newDirectory(t *testing.T) (string, map[string]string) {
	source := newSource(t)
	task, response, err := api.SourcesAPI.ImportEntitlements(ctx, source).File(file(t, "id,name\na,Alpha\nb,Beta\nc,\"R+D, lab\"\n")).Execute()
	ok(t, response, err)
	finished(t, task.GetId())
	list, response, err := api.EntitlementsAPI.ListEntitlements(ctx).Filters(of(source)).Execute()
	ok(t, response, err)
	ids := map[string]string{}
	for _, one := range list {
		ids[one.GetValue()] = one.GetId()
	}
	return source, ids
}

// of returns the filter for the entitlements of a source.
func of(source string) string {
	return fmt.Sprintf("source.id eq %q", source)
}

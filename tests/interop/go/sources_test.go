package interop

import (
	"fmt"
	"maps"
	"testing"

	sdk "github.com/sailpoint-oss/golang-sdk/v2/api_v2025"
)

// What no version of the server has yet.
const sourcesNotServed = `SyncAttributesForSource`

func TestSources(t *testing.T) {
	sources := api.SourcesAPI
	group := func(t *testing.T, source string) sdk.Schema {
		schemas, response, err := sources.GetSourceSchemas(ctx, source).IncludeNames("group").Execute()
		ok(t, response, err)
		return schemas[0]
	}
	calls := map[string]func(*testing.T){
		"CreateSource": func(t *testing.T) { newSource(t) },
		"ListSources": func(t *testing.T) {
			source := newSource(t)
			list, response, err := sources.ListSources(ctx).Filters(fmt.Sprintf("id eq %q", source)).Sorters("-created").Count(true).Execute()
			ok(t, response, err)
			equal(t, list[0].GetId(), source)
			equal(t, response.Header.Get("X-Total-Count"), "1")
		},
		"GetSource": func(t *testing.T) {
			source := newSource(t)
			one, response, err := sources.GetSource(ctx, source).Execute()
			ok(t, response, err)
			equal(t, one.GetType(), "DelimitedFile")
			_, response, err = sources.GetSource(ctx, absent).Execute()
			refused(t, 404, response, err)
		},
		"PutSource": func(t *testing.T) {
			one, response, err := sources.GetSource(ctx, newSource(t)).Execute()
			ok(t, response, err)
			one.SetDescription("Replaced")
			replaced, response, err := sources.PutSource(ctx, one.GetId()).Source(*one).Execute()
			ok(t, response, err)
			equal(t, replaced.GetDescription(), "Replaced")
		},
		"UpdateSource": func(t *testing.T) {
			operations := patch(t, `[{"op":"replace","path":"/description","value":"Patched"}]`)
			changed, response, err := sources.UpdateSource(ctx, newSource(t)).JsonPatchOperation(operations).Execute()
			ok(t, response, err)
			equal(t, changed.GetDescription(), "Patched")
		},
		"DeleteSource": func(t *testing.T) {
			source := newSource(t)
			task, response, err := sources.DeleteSource(ctx, source).Execute()
			ok(t, response, err)
			finished(t, task.GetId())
			_, response, err = sources.GetSource(ctx, source).Execute()
			refused(t, 404, response, err)
		},
		"GetSourceSchemas": func(t *testing.T) {
			equal(t, group(t, newSource(t)).Name, sdk.PtrString("group"))
		},
		"CreateSourceSchema": func(t *testing.T) {
			body := sdk.NewSchema()
			body.SetName("role")
			body.SetNativeObjectType("Role")
			body.SetIdentityAttribute("id")
			attribute := sdk.NewAttributeDefinition()
			attribute.SetName("id")
			body.SetAttributes([]sdk.AttributeDefinition{*attribute})
			made, response, err := sources.CreateSourceSchema(ctx, newSource(t)).Schema(*body).Execute()
			ok(t, response, err)
			equal(t, made.GetName(), "role")
		},
		"GetSourceSchema": func(t *testing.T) {
			source := newSource(t)
			schema := group(t, source)
			one, response, err := sources.GetSourceSchema(ctx, source, schema.GetId()).Execute()
			ok(t, response, err)
			equal(t, one.GetName(), "group")
		},
		"PutSourceSchema": func(t *testing.T) {
			source := newSource(t)
			schema := group(t, source)
			replaced, response, err := sources.PutSourceSchema(ctx, source, schema.GetId()).Schema(schema).Execute()
			ok(t, response, err)
			equal(t, replaced.GetId(), schema.GetId())
		},
		"UpdateSourceSchema": func(t *testing.T) {
			source := newSource(t)
			schema := group(t, source)
			operations := patch(t, `[{"op":"replace","path":"/displayAttribute","value":"id"}]`)
			changed, response, err := sources.UpdateSourceSchema(ctx, source, schema.GetId()).JsonPatchOperation(operations).Execute()
			ok(t, response, err)
			equal(t, changed.GetDisplayAttribute(), "id")
		},
		"DeleteSourceSchema": func(t *testing.T) {
			source := newSource(t)
			schema := group(t, source)
			response, err := sources.DeleteSourceSchema(ctx, source, schema.GetId()).Execute()
			ok(t, response, err)
		},
		"GetAccountsSchema": func(t *testing.T) {
			response, err := sources.GetAccountsSchema(ctx, newSource(t)).Execute()
			ok(t, response, err)
			equal(t, response.Header.Get("Content-Type"), "text/csv; charset=utf-8")
		},
		"GetEntitlementsSchema": func(t *testing.T) {
			response, err := sources.GetEntitlementsSchema(ctx, newSource(t)).SchemaName("group").Execute()
			ok(t, response, err)
		},
		"ImportAccountsSchema": func(t *testing.T) {
			schema, response, err := sources.ImportAccountsSchema(ctx, newSource(t)).File(file(t, "id,name,mail\n")).Execute()
			ok(t, response, err)
			equal(t, len(schema.GetAttributes()), 3)
		},
		"ImportEntitlementsSchema": func(t *testing.T) {
			schema, response, err := sources.ImportEntitlementsSchema(ctx, newSource(t)).SchemaName("group").File(file(t, "id,name\n")).Execute()
			ok(t, response, err)
			equal(t, len(schema.GetAttributes()), 2)
		},
		"ImportEntitlements": func(t *testing.T) { newDirectory(t) },
		"GetSourceConfig": func(t *testing.T) {
			one, response, err := sources.GetSourceConfig(ctx, newSource(t)).Execute()
			ok(t, response, err)
			equal(t, one.GetType(), "DelimitedFile")
		},
		"UpdatePasswordPolicyHolders": func(t *testing.T) {
			policy := "p1"
			holders := []sdk.PasswordPolicyHoldersDtoInner{{PolicyId: &policy}}
			source := newSource(t)
			changed, response, err := sources.UpdatePasswordPolicyHolders(ctx, source).PasswordPolicyHoldersDtoInner(holders).Execute()
			ok(t, response, err)
			equal(t, changed[0].GetPolicyId(), policy)
		},
		"ListPasswordPolicyHoldersOnSource": func(t *testing.T) {
			list, response, err := sources.ListPasswordPolicyHoldersOnSource(ctx, newSource(t)).Count(true).Execute()
			ok(t, response, err)
			equal(t, len(list), 0)
		},
		"ImportConnectorFile": func(t *testing.T) {
			_, response, err := sources.ImportConnectorFile(ctx, newSource(t)).File(file(t, "x")).Execute()
			refused(t, 400, response, err)
		},
		"ImportAccounts": func(t *testing.T) {
			source := newSource(t)
			loaded, response, err := sources.ImportAccounts(ctx, source).File(file(t, "id,name,groups\nann,Ann,x\n")).Execute()
			ok(t, response, err)
			task := loaded.GetTask()
			finished(t, task.GetId())
			accounts, response, err := api.AccountsAPI.ListAccounts(ctx).Filters(fmt.Sprintf("sourceId eq %q", source)).Execute()
			ok(t, response, err)
			equal(t, accounts[0].GetNativeIdentity(), "ann")
		},
		"DeleteAccountsAsync": func(t *testing.T) {
			task, response, err := sources.DeleteAccountsAsync(ctx, newSource(t)).Execute()
			ok(t, response, err)
			finished(t, task.GetId())
		},
		"TestSourceConnection": func(t *testing.T) {
			_, response, err := sources.TestSourceConnection(ctx, newSource(t)).Execute()
			refused(t, 400, response, err)
		},
		"SearchResourceObjects": func(t *testing.T) {
			_, response, err := sources.SearchResourceObjects(ctx, newSource(t)).ResourceObjectsRequest(*sdk.NewResourceObjectsRequest()).Execute()
			refused(t, 400, response, err)
		},
		"GetCorrelationConfig": func(t *testing.T) {
			_, response, err := sources.GetCorrelationConfig(ctx, newSource(t)).Execute()
			ok(t, response, err)
		},
		"PutCorrelationConfig": func(t *testing.T) {
			source := newSource(t)
			config, response, err := sources.GetCorrelationConfig(ctx, source).Execute()
			ok(t, response, err)
			_, response, err = sources.PutCorrelationConfig(ctx, source).CorrelationConfig(*config).Execute()
			ok(t, response, err)
		},
		"GetSourceEntitlementRequestConfig": func(t *testing.T) {
			_, response, err := sources.GetSourceEntitlementRequestConfig(ctx, newSource(t)).Execute()
			ok(t, response, err)
		},
		"UpdateSourceEntitlementRequestConfig": func(t *testing.T) {
			source := newSource(t)
			config, response, err := sources.GetSourceEntitlementRequestConfig(ctx, source).Execute()
			ok(t, response, err)
			_, response, err = sources.UpdateSourceEntitlementRequestConfig(ctx, source).SourceEntitlementRequestConfig(*config).Execute()
			ok(t, response, err)
		},
		"ImportUncorrelatedAccounts": func(t *testing.T) {
			task, response, err := sources.ImportUncorrelatedAccounts(ctx, newSource(t)).File(file(t, "account,displayName,userName,type\nnobody,,nobody,\n")).Execute()
			ok(t, response, err)
			equal(t, response.StatusCode, 202)
			equal(t, task.GetSuccess(), true)
		},
		"GetSourceHealth": func(t *testing.T) {
			_, response, err := sources.GetSourceHealth(ctx, newSource(t)).Execute()
			ok(t, response, err)
		},
		"GetSourceConnections": func(t *testing.T) {
			_, response, err := sources.GetSourceConnections(ctx, newSource(t)).Execute()
			ok(t, response, err)
		},
		"PingCluster": func(t *testing.T) {
			_, response, err := sources.PingCluster(ctx, newSource(t)).Execute()
			ok(t, response, err)
		},
		"TestSourceConfiguration": func(t *testing.T) {
			_, response, err := sources.TestSourceConfiguration(ctx, newSource(t)).Execute()
			ok(t, response, err)
		},
	}
	maps.Copy(calls, settingCalls)
	runCalls(t, sources, calls, sourcesNotServed)
}

package interop

import (
	"testing"

	sdk "github.com/sailpoint-oss/golang-sdk/v2/api_v2025"
)

const absent = "00000000000000000000000000000009"

func TestEntitlements(t *testing.T) {
	entitlements := api.EntitlementsAPI
	runCalls(t, entitlements, map[string]func(*testing.T){
		"ListEntitlements": func(t *testing.T) {
			source, _ := newDirectory(t)
			page, response, err := entitlements.ListEntitlements(ctx).Filters(of(source)).Sorters("-name").Limit(2).Count(true).Execute()
			ok(t, response, err)
			equal(t, []string{page[0].GetName(), page[1].GetName()}, []string{"R+D, lab", "Beta"})
			equal(t, response.Header.Get("X-Total-Count"), "3")
			odd, response, err := entitlements.ListEntitlements(ctx).Filters(of(source) + ` and name eq "r+d, LAB"`).Execute()
			ok(t, response, err)
			equal(t, odd[0].GetValue(), "c")
			_, response, err = entitlements.ListEntitlements(ctx).Filters("nonsense eq 1").Execute()
			refused(t, 400, response, err)
		},
		"GetEntitlement": func(t *testing.T) {
			source, ids := newDirectory(t)
			one, response, err := entitlements.GetEntitlement(ctx, ids["a"]).Execute()
			ok(t, response, err)
			equal(t, one.GetName(), "Alpha")
			equal(t, *one.GetSource().Id, source)
			equal(t, one.GetCreated().IsZero(), false)
			_, response, err = entitlements.GetEntitlement(ctx, absent).Execute()
			refused(t, 404, response, err)
		},
		"PatchEntitlement": func(t *testing.T) {
			_, ids := newDirectory(t)
			operations := patch(t, `[{"op":"replace","path":"/requestable","value":true},{"op":"replace","path":"/description","value":"Changed"}]`)
			changed, response, err := entitlements.PatchEntitlement(ctx, ids["a"]).JsonPatchOperation(operations).Execute()
			ok(t, response, err)
			equal(t, changed.GetRequestable(), true)
			equal(t, changed.GetDescription(), "Changed")
			_, response, err = entitlements.PatchEntitlement(ctx, ids["a"]).JsonPatchOperation(patch(t, `[{"op":"replace","path":"/value","value":"x"}]`)).Execute()
			refused(t, 400, response, err)
		},
		"ListEntitlementParents": func(t *testing.T) {
			_, ids := newDirectory(t)
			parents, response, err := entitlements.ListEntitlementParents(ctx, ids["a"]).Count(true).Execute()
			ok(t, response, err)
			equal(t, len(parents), 0)
		},
		"ListEntitlementChildren": func(t *testing.T) {
			_, ids := newDirectory(t)
			children, response, err := entitlements.ListEntitlementChildren(ctx, ids["a"]).Sorters("name").Execute()
			ok(t, response, err)
			equal(t, len(children), 0)
		},
		"ImportEntitlementsBySource": func(t *testing.T) {
			source := newSource(t)
			task, response, err := entitlements.ImportEntitlementsBySource(ctx, source).CsvFile(file(t, "id,name\na,Alpha\n")).Execute()
			ok(t, response, err)
			finished(t, task.GetId())
			// Without a file the SDK sends a form without a boundary and without a body.
			_, response, err = entitlements.ImportEntitlementsBySource(ctx, source).Execute()
			refused(t, 400, response, err)
		},
		"CreateAccessModelMetadataForEntitlement": func(t *testing.T) {
			_, ids := newDirectory(t)
			changed, response, err := entitlements.CreateAccessModelMetadataForEntitlement(ctx, ids["a"], "iscRisk", "high").Execute()
			ok(t, response, err)
			equal(t, response.StatusCode, 201)
			metadata := changed.GetAccessModelMetadata()
			equal(t, metadata.GetAttributes()[0].GetKey(), "iscRisk")
		},
		"DeleteAccessModelMetadataFromEntitlement": func(t *testing.T) {
			_, ids := newDirectory(t)
			_, response, err := entitlements.CreateAccessModelMetadataForEntitlement(ctx, ids["a"], "iscRisk", "high").Execute()
			ok(t, response, err)
			response, err = entitlements.DeleteAccessModelMetadataFromEntitlement(ctx, ids["a"], "iscRisk", "high").Execute()
			ok(t, response, err)
		},
		"UpdateEntitlementsInBulk": func(t *testing.T) {
			_, ids := newDirectory(t)
			operations := patch(t, `[{"op":"replace","path":"/requestable","value":true}]`)
			body := sdk.NewEntitlementBulkUpdateRequest([]string{ids["a"], ids["b"]}, operations)
			response, err := entitlements.UpdateEntitlementsInBulk(ctx).EntitlementBulkUpdateRequest(*body).Execute()
			ok(t, response, err)
			one, response, err := entitlements.GetEntitlement(ctx, ids["b"]).Execute()
			ok(t, response, err)
			equal(t, one.GetRequestable(), true)
		},
		"PutEntitlementRequestConfig": func(t *testing.T) {
			_, ids := newDirectory(t)
			body := sdk.NewEntitlementRequestConfig()
			access := sdk.NewEntitlementAccessRequestConfig()
			access.SetRequestCommentRequired(true)
			body.SetAccessRequestConfig(*access)
			config, response, err := entitlements.PutEntitlementRequestConfig(ctx, ids["a"]).EntitlementRequestConfig(*body).Execute()
			ok(t, response, err)
			changed := config.GetAccessRequestConfig()
			equal(t, changed.GetRequestCommentRequired(), true)
		},
		"GetEntitlementRequestConfig": func(t *testing.T) {
			_, ids := newDirectory(t)
			_, response, err := entitlements.GetEntitlementRequestConfig(ctx, ids["a"]).Execute()
			ok(t, response, err)
		},
		"ResetSourceEntitlements": func(t *testing.T) {
			source, _ := newDirectory(t)
			task, response, err := entitlements.ResetSourceEntitlements(ctx, source).Execute()
			ok(t, response, err)
			finished(t, task.GetId())
			left, response, err := entitlements.ListEntitlements(ctx).Filters(of(source)).Execute()
			ok(t, response, err)
			equal(t, len(left), 0)
		},
	}, "")
}

// A token that is none is refused with 401.
func TestStranger(t *testing.T) {
	_, response, err := client("", "", "x.x.x").EntitlementsAPI.ListEntitlements(ctx).Execute()
	refused(t, 401, response, err)
}

package interop

import (
	"testing"

	sdk "github.com/sailpoint-oss/golang-sdk/v2/api_v2025"
)

// policy returns a provisioning policy for new accounts.
func policy(name string) sdk.ProvisioningPolicyDto {
	made := sdk.NewProvisioningPolicyDto(*sdk.NewNullableString(&name))
	made.SetUsageType(sdk.USAGETYPE_CREATE)
	return *made
}

// withPolicy returns the id of a new source with such a policy.
func withPolicy(t *testing.T) string {
	source := newSource(t)
	_, response, err := api.SourcesAPI.CreateProvisioningPolicy(ctx, source).ProvisioningPolicyDto(policy("Account")).Execute()
	ok(t, response, err)
	return source
}

// The calls for the settings of a source: provisioning, native changes, synchronisation, schedules.
var settingCalls = map[string]func(*testing.T){
	"CreateProvisioningPolicy": func(t *testing.T) { withPolicy(t) },
	"ListProvisioningPolicies": func(t *testing.T) {
		list, response, err := api.SourcesAPI.ListProvisioningPolicies(ctx, withPolicy(t)).Execute()
		ok(t, response, err)
		equal(t, list[0].GetName(), "Account")
	},
	"GetProvisioningPolicy": func(t *testing.T) {
		one, response, err := api.SourcesAPI.GetProvisioningPolicy(ctx, withPolicy(t), sdk.USAGETYPE_CREATE).Execute()
		ok(t, response, err)
		equal(t, one.GetName(), "Account")
	},
	"PutProvisioningPolicy": func(t *testing.T) {
		one, response, err := api.SourcesAPI.PutProvisioningPolicy(ctx, withPolicy(t), sdk.USAGETYPE_CREATE).ProvisioningPolicyDto(policy("Other")).Execute()
		ok(t, response, err)
		equal(t, one.GetName(), "Other")
	},
	"UpdateProvisioningPolicy": func(t *testing.T) {
		operations := patch(t, `[{"op":"replace","path":"/name","value":"Changed"}]`)
		one, response, err := api.SourcesAPI.UpdateProvisioningPolicy(ctx, withPolicy(t), sdk.USAGETYPE_CREATE).JsonPatchOperation(operations).Execute()
		ok(t, response, err)
		equal(t, one.GetName(), "Changed")
	},
	"UpdateProvisioningPoliciesInBulk": func(t *testing.T) {
		policies := []sdk.ProvisioningPolicyDto{policy("Bulk")}
		list, response, err := api.SourcesAPI.UpdateProvisioningPoliciesInBulk(ctx, withPolicy(t)).ProvisioningPolicyDto(policies).Execute()
		ok(t, response, err)
		equal(t, list[0].GetName(), "Bulk")
	},
	"DeleteProvisioningPolicy": func(t *testing.T) {
		source := withPolicy(t)
		response, err := api.SourcesAPI.DeleteProvisioningPolicy(ctx, source, sdk.USAGETYPE_CREATE).Execute()
		ok(t, response, err)
		_, response, err = api.SourcesAPI.GetProvisioningPolicy(ctx, source, sdk.USAGETYPE_CREATE).Execute()
		refused(t, 404, response, err)
	},
	// For these three the SDK leaves {sourceId} in the path as it is.
	"PutNativeChangeDetectionConfig": func(t *testing.T) {
		body := *sdk.NewNativeChangeDetectionConfig()
		_, response, err := api.SourcesAPI.PutNativeChangeDetectionConfig(ctx, newSource(t)).NativeChangeDetectionConfig(body).Execute()
		refused(t, 404, response, err)
	},
	"GetNativeChangeDetectionConfig": func(t *testing.T) {
		_, response, err := api.SourcesAPI.GetNativeChangeDetectionConfig(ctx, newSource(t)).Execute()
		refused(t, 404, response, err)
	},
	"DeleteNativeChangeDetectionConfig": func(t *testing.T) {
		response, err := api.SourcesAPI.DeleteNativeChangeDetectionConfig(ctx, newSource(t)).Execute()
		refused(t, 404, response, err)
	},
	"GetSourceAttrSyncConfig": func(t *testing.T) {
		_, response, err := api.SourcesAPI.GetSourceAttrSyncConfig(ctx, newSource(t)).Execute()
		ok(t, response, err)
	},
	"PutSourceAttrSyncConfig": func(t *testing.T) {
		source := newSource(t)
		config, response, err := api.SourcesAPI.GetSourceAttrSyncConfig(ctx, source).Execute()
		ok(t, response, err)
		_, response, err = api.SourcesAPI.PutSourceAttrSyncConfig(ctx, source).AttrSyncSourceConfig(*config).Execute()
		ok(t, response, err)
	},
	// A delimited file is not read at a time of its own.
	"CreateSourceSchedule": func(t *testing.T) {
		schedule := *sdk.NewSchedule1("ACCOUNT_AGGREGATION", "0 0 5 * * ?")
		_, response, err := api.SourcesAPI.CreateSourceSchedule(ctx, newSource(t)).Schedule1(schedule).Execute()
		refused(t, 400, response, err)
	},
	"GetSourceSchedules": func(t *testing.T) {
		list, response, err := api.SourcesAPI.GetSourceSchedules(ctx, newSource(t)).Execute()
		ok(t, response, err)
		equal(t, len(list), 0)
	},
	"GetSourceSchedule": func(t *testing.T) {
		_, response, err := api.SourcesAPI.GetSourceSchedule(ctx, newSource(t), "ACCOUNT_AGGREGATION").Execute()
		refused(t, 404, response, err)
	},
	"UpdateSourceSchedule": func(t *testing.T) {
		operations := patch(t, `[{"op":"replace","path":"/cronExpression","value":"0 0 6 * * ?"}]`)
		_, response, err := api.SourcesAPI.UpdateSourceSchedule(ctx, newSource(t), "ACCOUNT_AGGREGATION").JsonPatchOperation(operations).Execute()
		refused(t, 400, response, err)
	},
	"DeleteSourceSchedule": func(t *testing.T) {
		response, err := api.SourcesAPI.DeleteSourceSchedule(ctx, newSource(t), "ACCOUNT_AGGREGATION").Execute()
		refused(t, 404, response, err)
	},
}

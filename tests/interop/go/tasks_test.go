package interop

import (
	"fmt"
	"strings"
	"testing"
)

func TestTasks(t *testing.T) {
	tasks := api.TaskManagementAPI
	load := func(t *testing.T, rows int) string {
		content := "id,name\n" + strings.Repeat("a,Alpha\n", rows)
		task, response, err := api.SourcesAPI.ImportEntitlements(ctx, newSource(t)).File(file(t, content)).Execute()
		ok(t, response, err)
		return task.GetId()
	}
	runCalls(t, tasks, map[string]func(*testing.T){
		"GetTaskStatus": func(t *testing.T) {
			status := finished(t, load(t, 1))
			equal(t, string(status.GetType()), "QUARTZ")
			equal(t, status.GetPercentComplete(), 100)
			_, response, err := tasks.GetTaskStatus(ctx, absent).Execute()
			refused(t, 404, response, err)
		},
		"GetTaskStatusList": func(t *testing.T) {
			id := load(t, 1)
			finished(t, id)
			list, response, err := tasks.GetTaskStatusList(ctx).Filters(fmt.Sprintf("id eq %q", id)).Count(true).Execute()
			ok(t, response, err)
			equal(t, list[0].GetId(), id)
			equal(t, response.Header.Get("X-Total-Count"), "1")
		},
		"UpdateTaskStatus": func(t *testing.T) {
			operations := patch(t, `[{"op":"replace","path":"/completionStatus","value":"TERMINATED"}]`)
			changed, response, err := tasks.UpdateTaskStatus(ctx, load(t, 50_000)).JsonPatchOperation(operations).Execute()
			ok(t, response, err)
			equal(t, changed.GetId() != "", true)
		},
		"GetPendingTasks": func(t *testing.T) {
			_, response, err := tasks.GetPendingTasks(ctx).Limit(10).Execute()
			ok(t, response, err)
		},
		"GetPendingTaskHeaders": func(t *testing.T) {
			response, err := tasks.GetPendingTaskHeaders(ctx).Count(true).Execute()
			ok(t, response, err)
		},
	}, "")
}

// What Neon's own JavaScript client does with a project: run by a test, which reads what it prints.
import client from '@neondatabase/api-client';

const [baseURL, apiKey, project] = process.argv.slice(2);
const api = client.createApiClient({ baseURL, apiKey });
const steps = [];

async function settle({ data }) {
  for (const { id } of data.operations) {
    let status;
    do {
      ({ status } = (await api.getProjectOperation(project, id)).data.operation);
    } while (status === 'scheduling' || status === 'running');
    steps.push(status);
  }
  return data;
}

const list = async () =>
  (await api.listProjectBranches({ projectId: project, sort_by: 'name', sort_order: 'asc' })).data
    .branches;

const [main] = await list();
const copy = await settle(
  await api.createProjectBranch(project, {
    branch: { name: 'copy', parent_id: main.id },
    endpoints: [{ type: 'read_write' }],
  }),
);
const uri = await api.getConnectionUri({
  projectId: project,
  branch_id: copy.branch.id,
  database_name: copy.databases[0].name,
  role_name: copy.roles[0].name,
});
const { snapshot } = await settle(
  await api.createSnapshot({ projectId: project, branchId: main.id, name: 'first' }),
);
const look = await settle(
  await api.restoreSnapshot(
    { projectId: project, snapshotId: snapshot.id },
    { name: 'look', target_branch_id: main.id, finalize_restore: false },
  ),
);
await settle(await api.finalizeRestoreBranch(project, look.branch.id, { name: 'before' }));
await settle(await api.deleteProjectBranch({ projectId: project, branchId: copy.branch.id }));

console.log(
  JSON.stringify({
    uri: uri.data.uri,
    main: (await list()).find(({ name }) => name === 'main').id === look.branch.id,
    branches: (await list()).map(({ name }) => name),
    steps: [...new Set(steps)],
  }),
);

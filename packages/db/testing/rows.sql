-- Rows for every table, as the schema before the newest migration has them, for upgrade.test.ts and
-- the backup's tests. A new table, or a new column that must be given, gets its row here one
-- migration later. Among them are values that a careless copy would change.
insert into users (id, email, name, password_hash, created_at) values
  ('00000000-0000-4000-8000-000000000001', 'olga@example.org', 'Olga', '$2b$12$x', '2026-01-02T03:04:05.678Z'),
  ('00000000-0000-4000-8000-000000000002', 'émile@example.org', E'Émile 🏭 \\N', '$2b$12$y', '1999-12-31T23:59:59.999Z');
insert into sessions (id, user_id, expires_at, user_agent) values
  ('hash-of-a-secret', '00000000-0000-4000-8000-000000000001', now() + interval '1 day', 'test');
insert into access_tokens (id, user_id, name, scope, expires_at) values
  ('00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000001', 'Script', 'read', now() + interval '1 day');
insert into password_resets (id, user_id, expires_at) values
  ('hash-of-a-link', '00000000-0000-4000-8000-000000000002', now() + interval '1 hour');
insert into workspaces (id, name, change_seq, change_floor) values
  ('00000000-0000-4000-8000-000000000010', 'Mill', 2, 0),
  ('00000000-0000-4000-8000-000000000011', 'Farm', 0, 0);
insert into members (workspace_id, user_id, role) values
  ('00000000-0000-4000-8000-000000000010', '00000000-0000-4000-8000-000000000001', 'owner'),
  ('00000000-0000-4000-8000-000000000010', '00000000-0000-4000-8000-000000000002', 'viewer');
insert into invitations (id, workspace_id, email, role, secret_hash, invited_by, expires_at) values
  ('00000000-0000-4000-8000-000000000012', '00000000-0000-4000-8000-000000000010', 'new@example.org', 'editor', 'hash', '00000000-0000-4000-8000-000000000001', now() + interval '7 days');
insert into projects (id, workspace_id, name, key, next_number, created_by) values
  ('00000000-0000-4000-8000-000000000020', '00000000-0000-4000-8000-000000000010', 'App', 'APP', 4, '00000000-0000-4000-8000-000000000001');
insert into project_members (project_id, user_id, role) values
  ('00000000-0000-4000-8000-000000000020', '00000000-0000-4000-8000-000000000002', 'editor');
insert into statuses (id, project_id, name, category, rank) values
  ('00000000-0000-4000-8000-000000000021', '00000000-0000-4000-8000-000000000020', 'To do', 'unstarted', 'a0'),
  ('00000000-0000-4000-8000-000000000022', '00000000-0000-4000-8000-000000000020', 'Done', 'completed', 'Zz');
insert into labels (id, project_id, name, color) values
  ('00000000-0000-4000-8000-000000000023', '00000000-0000-4000-8000-000000000020', 'Bug', '#cc0000');
-- The child comes before its parent.
insert into tasks (id, workspace_id, project_id, number, title, description, status_id, parent_id, due_date, estimate, rank, source) values
  ('00000000-0000-4000-8000-000000000030', '00000000-0000-4000-8000-000000000010', '00000000-0000-4000-8000-000000000020', 1, E'Tab\there', E'Line\nline\r\n\\. \\N \\x41 "quoted" 日本語', '00000000-0000-4000-8000-000000000021', null, '2028-02-29', 0.1, 'a0', '{"system": "CSV", "key": "a\nb\\", "url": null, "reporter": null, "assignees": ["É"]}'),
  ('00000000-0000-4000-8000-000000000031', '00000000-0000-4000-8000-000000000010', '00000000-0000-4000-8000-000000000020', 2, 'Second', '', '00000000-0000-4000-8000-000000000022', null, null, 1e-300, 'a1', null);
update tasks set parent_id = '00000000-0000-4000-8000-000000000031' where number = 1;
insert into task_assignees (task_id, user_id) values
  ('00000000-0000-4000-8000-000000000030', '00000000-0000-4000-8000-000000000002');
insert into task_labels (task_id, label_id) values
  ('00000000-0000-4000-8000-000000000030', '00000000-0000-4000-8000-000000000023');
insert into task_dependencies (task_id, blocker_id) values
  ('00000000-0000-4000-8000-000000000030', '00000000-0000-4000-8000-000000000031');
insert into comments (id, task_id, author_id, body) values
  ('00000000-0000-4000-8000-000000000040', '00000000-0000-4000-8000-000000000030', '00000000-0000-4000-8000-000000000002', E'a\n\nb');
insert into import_files (id, uploaded_by, name, size) values
  ('00000000-0000-4000-8000-000000000050', '00000000-0000-4000-8000-000000000001', 'tasks.csv', 3);
insert into imports (id, workspace_id, project_id, format, file_ids, mapping, mode, state, created_by) values
  ('00000000-0000-4000-8000-000000000051', '00000000-0000-4000-8000-000000000010', '00000000-0000-4000-8000-000000000020', 'csv', '{00000000-0000-4000-8000-000000000050,00000000-0000-4000-8000-000000000052}', '{"0": "title"}', 'real', 'failed', '00000000-0000-4000-8000-000000000001');
insert into changes (workspace_id, seq, entity, entity_id, op, row, project_id, actor_id, mutation_id) values
  ('00000000-0000-4000-8000-000000000010', 1, 'project', '00000000-0000-4000-8000-000000000020', 'insert', '{"json": {"name": "App"}}', '00000000-0000-4000-8000-000000000020', '00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000060'),
  ('00000000-0000-4000-8000-000000000010', 2, 'task', '00000000-0000-4000-8000-000000000030', 'insert', '{"json": {"title": "Tab\there"}}', '00000000-0000-4000-8000-000000000020', null, null);
insert into mutations (id, actor_id, path, answer) values
  ('00000000-0000-4000-8000-000000000060', '00000000-0000-4000-8000-000000000001', 'projects.create', '{"json": {"id": 1}}');
-- A folder, and in it a document whose title and text are hard to copy.
insert into documents (id, workspace_id, parent_id, kind, title, rank, visibility, scope_path, front_matter, created_by) values
  ('00000000-0000-4000-8000-000000000070', '00000000-0000-4000-8000-000000000010', null, 'folder', 'Plans', 'a0', 'inherited', '{}', null, '00000000-0000-4000-8000-000000000001'),
  ('00000000-0000-4000-8000-000000000071', '00000000-0000-4000-8000-000000000010', '00000000-0000-4000-8000-000000000070', 'document', E'Tab\there \\N 日本語', 'Zz', 'private', '{00000000-0000-4000-8000-000000000071}', E'a: 1\n', '00000000-0000-4000-8000-000000000001');
insert into document_members (document_id, user_id, role) values ('00000000-0000-4000-8000-000000000071', '00000000-0000-4000-8000-000000000002', 'viewer');
insert into document_updates (document_id, seq, id, update, actor_id) values
  ('00000000-0000-4000-8000-000000000071', 1, '00000000-0000-4000-8000-000000000072', '\x0000ff0a5c2e', '00000000-0000-4000-8000-000000000001');
insert into document_snapshots (document_id, seq, state) values ('00000000-0000-4000-8000-000000000071', 1, '\x0000');
insert into document_texts (document_id, seq, text, word_count) values ('00000000-0000-4000-8000-000000000071', 1, E'a\n\\.', 1);
insert into document_links (document_id, target, target_id) values ('00000000-0000-4000-8000-000000000071', 'task', '00000000-0000-4000-8000-000000000030');
insert into document_threads (id, document_id, anchor, quote, created_by) values
  ('00000000-0000-4000-8000-000000000073', '00000000-0000-4000-8000-000000000071', '{"from": "\\t"}', 'here', '00000000-0000-4000-8000-000000000001');
insert into comments (id, thread_id, author_id, body) values ('00000000-0000-4000-8000-000000000074', '00000000-0000-4000-8000-000000000073', '00000000-0000-4000-8000-000000000002', E'a\n\nb');
insert into document_favourites (user_id, document_id, rank) values ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000071', 'a0');
insert into document_visits (user_id, document_id) values ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000071');
insert into document_versions (id, document_id, seq, name, state, author_ids, started_at) values
  ('00000000-0000-4000-8000-000000000075', '00000000-0000-4000-8000-000000000071', 1, 'First', '\x00ff', '{00000000-0000-4000-8000-000000000001}', now());
insert into document_imports (id, workspace_id, file_id, state, created_by) values
  ('00000000-0000-4000-8000-000000000076', '00000000-0000-4000-8000-000000000010', '00000000-0000-4000-8000-000000000050', 'done', '00000000-0000-4000-8000-000000000001');
-- A file of the task, one on its way, and bytes that nothing stands for yet.
insert into file_objects (id, workspace_id, sha256, size, preview) values
  ('00000000-0000-4000-8000-000000000080', '00000000-0000-4000-8000-000000000010', repeat('0', 64), 3, 'none');
insert into file_texts (object_id, text, state) values ('00000000-0000-4000-8000-000000000080', E'a\tb', 'whole');
insert into files (id, workspace_id, object_id, task_id, name, type, size, created_by) values
  ('00000000-0000-4000-8000-000000000081', '00000000-0000-4000-8000-000000000010', '00000000-0000-4000-8000-000000000080', '00000000-0000-4000-8000-000000000030', E'ä "b" 日本.txt', 'text/plain', 3, '00000000-0000-4000-8000-000000000001');
insert into file_versions (id, file_id, n, object_id, name, type, size, created_by) values
  ('00000000-0000-4000-8000-000000000081', '00000000-0000-4000-8000-000000000081', 1, '00000000-0000-4000-8000-000000000080', E'ä "b" 日本.txt', 'text/plain', 3, '00000000-0000-4000-8000-000000000001');
insert into file_puts (object_id) values ('00000000-0000-4000-8000-000000000082');
insert into file_uploads (id, workspace_id, task_id, name, size, object_id, upload, created_by) values
  ('00000000-0000-4000-8000-000000000083', '00000000-0000-4000-8000-000000000010', '00000000-0000-4000-8000-000000000030', 'film.mp4', 20000000, '00000000-0000-4000-8000-000000000082', 'u', '00000000-0000-4000-8000-000000000001');
insert into file_upload_parts (upload_id, n, size, tag) values ('00000000-0000-4000-8000-000000000083', 1, 5242880, 'tag');

-- Whether a person sees nothing of a workspace, as it or the whole server requires a second factor and they have none.
CREATE OR REPLACE FUNCTION awaits_factor(workspace uuid, person uuid) RETURNS boolean LANGUAGE sql VOLATILE AS $$
  SELECT EXISTS (
    SELECT FROM workspaces, users
    WHERE workspaces.id = workspace AND users.id = person AND users.second_factor_at IS NULL
      AND (workspaces.requires_second_factor
        OR EXISTS (SELECT FROM instance_settings WHERE second_factor_required)))
$$;

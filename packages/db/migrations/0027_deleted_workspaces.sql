-- Whoever comes to be a member of a deleted workspace, as by a group, waits with the others.
CREATE OR REPLACE FUNCTION members_of_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM workspaces w WHERE w.id = NEW.workspace_id AND w.deleted_at IS NOT NULL) THEN
    INSERT INTO deleted_members (workspace_id, user_id, role) VALUES (NEW.workspace_id, NEW.user_id, NEW.role)
      ON CONFLICT (workspace_id, user_id) DO UPDATE SET role = excluded.role;
    RETURN NULL;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER a_of_deleted BEFORE INSERT ON members FOR EACH ROW EXECUTE FUNCTION members_of_deleted();

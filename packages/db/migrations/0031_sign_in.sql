ALTER TABLE "identities" ADD COLUMN "satisfies_factor" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "provider_sign_ins" ADD COLUMN "is_again" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "instance_settings" ADD COLUMN "second_factor_required_by_environment" boolean;--> statement-breakpoint
-- Whether a person has a second factor: one of their own, or they come only by providers that answer for theirs.
CREATE OR REPLACE FUNCTION has_factor(person uuid) RETURNS boolean LANGUAGE sql VOLATILE AS $$
  SELECT EXISTS (
    SELECT FROM users WHERE users.id = person AND (users.second_factor_at IS NOT NULL
      OR users.password_hash IS NULL
        AND EXISTS (SELECT FROM identities WHERE user_id = person AND satisfies_factor)
        AND NOT EXISTS (SELECT FROM identities WHERE user_id = person AND NOT satisfies_factor)))
$$;
--> statement-breakpoint
-- Whether a person sees nothing of a workspace, as it or the whole server requires a second factor and they have none.
CREATE OR REPLACE FUNCTION awaits_factor(workspace uuid, person uuid) RETURNS boolean LANGUAGE sql VOLATILE AS $$
  SELECT EXISTS (
    SELECT FROM workspaces WHERE workspaces.id = workspace AND NOT has_factor(person)
      AND (workspaces.requires_second_factor
        OR EXISTS (SELECT FROM instance_settings
          WHERE coalesce(second_factor_required_by_environment, second_factor_required))))
    AND EXISTS (SELECT FROM users WHERE users.id = person)
$$;

-- When each account was last used, from what is known of its sessions and tokens: it is kept from here on.
UPDATE users SET last_used_at = greatest(
  (SELECT max(greatest(s.created_at, s.cookie_at, s.last_used_at)) FROM sessions s WHERE s.user_id = users.id),
  (SELECT max(t.last_used_at) FROM access_tokens t WHERE t.user_id = users.id))
WHERE last_used_at IS NULL;

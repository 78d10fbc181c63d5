-- Whose token it is, where an administrator of the CRM got it for the console inside the CRM.
ALTER TABLE tokens ADD COLUMN crm_user_id uuid;

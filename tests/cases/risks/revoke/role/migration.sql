revoke boss from clerk;

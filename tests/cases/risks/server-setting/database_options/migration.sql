alter database shop connection limit 5;

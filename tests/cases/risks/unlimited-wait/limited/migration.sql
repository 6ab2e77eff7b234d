set lock_timeout = '10s';

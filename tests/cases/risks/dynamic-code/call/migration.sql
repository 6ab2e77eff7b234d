call close_month();

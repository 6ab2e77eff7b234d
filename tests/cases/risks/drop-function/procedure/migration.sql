drop procedure close_month();

update orders set status = 'new' where status is null;

update orders set status = 'new';

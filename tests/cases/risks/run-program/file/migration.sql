copy orders to '/tmp/orders';

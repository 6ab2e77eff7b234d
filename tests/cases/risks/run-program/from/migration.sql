copy orders from program 'cat /tmp/orders';

drop server warehouse;

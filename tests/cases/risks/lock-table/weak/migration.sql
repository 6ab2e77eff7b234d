lock table orders in access share mode;

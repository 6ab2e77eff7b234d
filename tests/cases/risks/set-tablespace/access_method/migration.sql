alter table orders set access method columnar;

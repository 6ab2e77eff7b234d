create sequence numbers increment 5 minvalue -10 maxvalue 5000 start 10 cache 20 cycle;

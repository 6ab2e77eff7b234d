drop sequence numbers cascade;

create rule r as on update to orders do instead nothing;

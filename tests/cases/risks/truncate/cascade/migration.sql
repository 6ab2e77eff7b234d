truncate customers cascade;

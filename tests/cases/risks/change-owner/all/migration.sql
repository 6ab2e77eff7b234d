reassign owned by clerk to boss;

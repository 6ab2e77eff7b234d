merge into t using s on true when matched then delete;

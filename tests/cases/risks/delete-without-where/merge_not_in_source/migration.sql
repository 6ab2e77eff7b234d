merge into t using s on t.id = s.id when not matched by source then delete when matched then update set a = 1;

merge into t using s on t.id = s.id when not matched by source and t.old then delete when matched then delete;

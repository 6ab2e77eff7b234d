alter table days detach partition old concurrently;

create table language (code char(2) primary key, name text not null);
create table article (id int primary key, title text not null, body text, titles jsonb not null default '{}' check (jsonb_typeof(titles) = 'object'));
create table article_text (article_id int references article on delete cascade, language char(2) references language, title text not null, body text, primary key (article_id, language));
create view article_es as select a.id, coalesce(t.title, a.title) as title from article a left join article_text t on t.article_id = a.id and t.language = 'es';
create text search configuration es (copy = simple);
create index on article_text using gin (to_tsvector('public.es', title || ' ' || coalesce(body, ''))) where language = 'es';

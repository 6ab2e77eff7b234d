do 'begin execute ''drop table a''; end';

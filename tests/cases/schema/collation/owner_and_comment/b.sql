create collation words (locale = 'C');

alter collation words owner to case_owner;
comment on collation words is 'by bytes';

create procedure run(n int) language sql as 'select n';

create collation words (locale = 'C');

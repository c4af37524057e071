insert into houses values (1, 'first');

DROP INDEX personal_values_name;

CREATE INDEX personal_values_name ON personal_values (book, name_folded, number);

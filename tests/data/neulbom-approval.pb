META
key;value
description;Neulbom 2026, small projects
country;Neulbom
unit;Neulbom
instance;2026
num_projects;4
num_votes;6
budget;1000
vote_type;approval
rule;greedy
max_length;3
currency;EUR
PROJECTS
project_id;cost;name;category;selected
lanterns;600;Lanterns along the brook;safety;1
garden;500;Garden for the school;greenery;0
benches;300;Benches at the market;public space;1
swings;100;Swings by the library;playgrounds;1
VOTES
voter_id;vote;age
1;garden,lanterns;34
2;lanterns,garden;51
3;benches,garden;19
4;lanterns,benches;67
5;swings;42
6;;28

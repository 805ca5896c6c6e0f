META
key;value
description;Neulbom 2026, by points
num_projects;4
num_votes;5
budget;70000
vote_type;cumulative
rule;greedy-threshold
max_sum_points;10
min_project_score_threshold;7
PROJECTS
project_id;cost;votes;score;name
1;20000;3;15;"""Our"" square; the old one"
2;50000;3;15;Roof for the stage
3;1000;1;7;Chess tables
4;500;1;6;Swap shelf
VOTES
voter_id;vote;points
11;1,2;5,5
12;2,1;4,6
13;1,4;4,6
14;2;6
15;3;7

import{a}from"./chunk-3KKR5ULT.js";import"./chunk-CNO5J2LO.js";import"./chunk-MOLHXUMU.js";export{a as Relations};

import{a}from"./chunk-BHF5DU6E.js";import"./chunk-LMWH6XO6.js";import"./chunk-YC5EWCQD.js";export{a as archiveFailed};

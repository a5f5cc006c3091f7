import{a}from"./chunk-JBWVF4UZ.js";import"./chunk-6SVS7R35.js";import"./chunk-H6GHFQDO.js";export{a as Relations};

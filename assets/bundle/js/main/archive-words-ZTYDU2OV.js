import{a}from"./chunk-LKG5G246.js";import"./chunk-TZJEPFQN.js";import"./chunk-HICZ554G.js";export{a as archiveFailed};

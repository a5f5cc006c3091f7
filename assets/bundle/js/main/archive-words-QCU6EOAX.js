import{a}from"./chunk-3GHGHBZQ.js";import"./chunk-3EOLBNZ4.js";import"./chunk-6KE3C2QN.js";export{a as archiveFailed};

import{a}from"./chunk-VYNX35BW.js";import"./chunk-PP3ZBJZP.js";import"./chunk-LGJIK7NY.js";export{a as archiveFailed};

import{a}from"./chunk-JHQWX7MX.js";import"./chunk-EAXOZ352.js";import"./chunk-RAPN7MWH.js";export{a as archiveFailed};

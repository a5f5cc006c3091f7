import{a}from"./chunk-NQWCYPQZ.js";import"./chunk-QFAMSFHZ.js";import"./chunk-IYU334RQ.js";export{a as archiveFailed};

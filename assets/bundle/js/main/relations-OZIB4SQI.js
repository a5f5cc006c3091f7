import{a}from"./chunk-QBYILVMW.js";import"./chunk-6I4DX5TI.js";import"./chunk-YC5EWCQD.js";export{a as Relations};

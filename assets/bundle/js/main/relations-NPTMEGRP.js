import{a}from"./chunk-2DPK5CXH.js";import"./chunk-2XMWMK6T.js";import"./chunk-Z7NA6XGT.js";export{a as Relations};

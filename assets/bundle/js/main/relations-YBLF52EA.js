import{a}from"./chunk-6P3FPCX6.js";import"./chunk-LGDGZ44G.js";import"./chunk-ZKMTDG6Y.js";export{a as Relations};
